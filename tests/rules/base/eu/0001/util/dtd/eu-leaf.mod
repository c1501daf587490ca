stands for eu-leaf.mod
