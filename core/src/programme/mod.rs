//! Programmes: PKH, Sembako, BST and the like.
